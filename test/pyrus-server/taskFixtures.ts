import { bob, fileIds } from './fixtures';
import { nestedTask, removalsTask } from './oddTasks';
import { attachment, common, formId, listId, taskIds, type Surroundings } from './taskParts';
import { FIRST_COMMENT_ID, Tasks, type Task } from './tasks';

export function fixtureTasks(around: Surroundings): Tasks {
  const tasks = [
    simpleTask(),
    formTask(around),
    stringIdTask(around),
    foreignLinkTask(around),
    removalsTask(around),
    nestedTask(around),
    namesTask(around),
    ...closedTasks(),
    listedTask(),
  ];
  return new Tasks(tasks, [taskIds.denied]);
}

function simpleTask(): Task {
  const text = 'Help with printer';
  return {
    ...common,
    id: taskIds.simple,
    text,
    create_date: '2017-08-17T15:32:11Z',
    last_modified_date: '2017-08-17T15:32:11Z',
    responsible: bob.person,
    participants: [bob.person],
    comments: [{ id: 13, create_date: '2017-08-17T15:32:11Z', text, author: bob.person }],
  };
}

function formTask(around: Surroundings): Task {
  const file = { type: 'file' } as const;
  const plain = attachment(around, fileIds.plain);
  const receipt = attachment(around, fileIds.inTable);
  return {
    ...common,
    id: taskIds.form,
    text: 'Payments',
    subject: 'Оплата счёта',
    form_id: formId,
    current_step: 1,
    attachments: [plain],
    fields: [
      { id: 1, type: 'text', name: 'Purpose', value: 'IT conference' },
      { ...file, id: 18, name: 'Documents', value: [attachment(around, fileIds.secondVersion)] },
      {
        id: 20,
        type: 'title',
        name: 'Section',
        value: {
          checkmark: 'unchecked',
          fields: [
            {
              ...file,
              id: 21,
              name: 'Scan',
              parent_id: 20,
              value: [attachment(around, fileIds.inTitle)],
            },
          ],
        },
      },
      {
        id: 30,
        type: 'table',
        name: 'Rows',
        value: [
          {
            row_id: 1,
            cells: [
              {
                ...file,
                id: 31,
                name: 'Receipt',
                parent_id: 30,
                row_id: 1,
                // The help page shows an id as a string and an MD5 in lower case: here are both.
                value: [{ ...receipt, id: String(receipt.id), md5: receipt.md5?.toLowerCase() }],
              },
            ],
          },
        ],
      },
      { id: 40, type: 'brand_new_type', name: '?', value: { x: 1 } },
    ],
    comments: [
      {
        id: FIRST_COMMENT_ID,
        create_date: common.create_date,
        text: 'see file',
        author: bob.person,
        attachments: [plain],
      },
    ],
  };
}

function stringIdTask(around: Surroundings): Task {
  const plain = attachment(around, fileIds.plain);
  return {
    ...common,
    id: String(taskIds.stringIds),
    text: 'Ids are strings',
    attachments: [{ ...plain, id: String(plain.id) }],
    comments: [
      {
        id: '14',
        create_date: common.create_date,
        text: 'see',
        author: bob.person,
        attachments: [{ ...plain, id: String(plain.id) }],
      },
    ],
  };
}

function foreignLinkTask({ foreign }: Surroundings): Task {
  return {
    ...common,
    id: taskIds.foreignLink,
    text: 'A link to elsewhere',
    attachments: [{ id: 1440, name: 'Spec', url: `${foreign}/spec.pdf` }],
    comments: [],
  };
}

function namesTask(around: Surroundings): Task {
  const { plain, quotedName, extendedName, rawUtf8Name, jsonContent, unnamedChunked } = fileIds;
  const { redirected, forbidden, missing, removed } = fileIds;
  const named = [plain, quotedName, extendedName, rawUtf8Name, jsonContent, unnamedChunked];
  return {
    ...common,
    id: taskIds.names,
    text: 'Names and troubles',
    attachments: [...named, redirected, forbidden, missing, removed].map(id =>
      attachment(around, id),
    ),
    comments: [],
  };
}

function closedTasks(): Task[] {
  const closed = { is_closed: true, close_date: '2017-08-19T09:00:00Z', comments: [] };
  return [
    { ...common, ...closed, id: taskIds.closed, text: 'Done long ago', comments: [] },
    {
      ...common,
      ...closed,
      id: taskIds.closedForm,
      text: 'Payments',
      form_id: formId,
      current_step: 2,
      fields: [{ id: 1, type: 'text', name: 'Purpose', value: 'Old conference' }],
      comments: [],
    },
  ];
}

function listedTask(): Task {
  return {
    ...common,
    id: taskIds.listed,
    text: 'Prepare Presentation',
    create_date: '2018-02-28T07:34:23Z',
    last_modified_date: '2018-02-28T07:34:23Z',
    responsible: bob.person,
    due_date: '2022-04-13',
    list_ids: [listId],
    comments: [],
  };
}
