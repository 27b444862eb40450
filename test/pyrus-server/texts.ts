/** The language of the `error` sentences; Pyrus localises them to the user. */
export type Language = 'ru' | 'en';

interface Refusal {
  readonly status: number;
  readonly ru: string;
  readonly en: string;
}

/**
 * The `error_code`s this server answers with. Statuses follow the comment blocks of the official
 * clients' `ErrorCodeType`; the sentences are ours, because the real ones may change any day.
 */
export const refusals = {
  invalid_credentials: {
    status: 401,
    ru: 'Неверный логин или секретный ключ.',
    en: 'Invalid login or security key.',
  },
  token_not_specified: {
    status: 401,
    ru: 'Не указан токен авторизации.',
    en: 'Authorization token is not specified.',
  },
  invalid_token: {
    status: 401,
    ru: 'Недействительный токен авторизации.',
    en: 'Authorization token is invalid.',
  },
  expired_token: {
    status: 401,
    ru: 'Срок действия токена авторизации истёк.',
    en: 'Authorization token has expired.',
  },
  revoked_token: {
    status: 401,
    ru: 'Токен авторизации отозван.',
    en: 'Authorization token has been revoked.',
  },
  account_blocked: {
    status: 401,
    ru: 'Учётная запись заблокирована.',
    en: 'The account is blocked.',
  },
  non_unique_email: {
    status: 400,
    ru: 'С этим адресом связано несколько сотрудников. Укажите person_id.',
    en: 'Several persons have this e-mail. Specify person_id.',
  },
  invalid_person_id: {
    status: 400,
    ru: 'Неверный person_id.',
    en: 'Invalid person_id.',
  },
  required_parameter_missing: {
    status: 400,
    ru: 'Не указан обязательный параметр.',
    en: 'A required parameter is missing.',
  },
  invalid_json: { status: 400, ru: 'Неверный JSON.', en: 'Invalid JSON.' },
  empty_body: { status: 400, ru: 'Пустое тело запроса.', en: 'The request body is empty.' },
  invalid_value_format: {
    status: 400,
    ru: 'Неверный формат значения.',
    en: 'Invalid value format.',
  },
  no_file_in_request: {
    status: 400,
    ru: 'В запросе нет файла.',
    en: 'There is no file in the request.',
  },
  empty_file: { status: 400, ru: 'Файл пуст.', en: 'The file is empty.' },
  bad_multipart_content: {
    status: 400,
    ru: 'Тело запроса не является правильным multipart/form-data.',
    en: 'The request body is not valid multipart/form-data.',
  },
  invalid_request_encoding: {
    status: 400,
    ru: 'Имя файла не в кодировке UTF-8.',
    en: 'The file name is not in UTF-8.',
  },
  too_large_request_length: {
    status: 400,
    ru: 'Размер файла превышает допустимый.',
    en: 'The file is larger than allowed.',
  },
  max_file_name_length_exceeded: {
    status: 400,
    ru: 'Слишком длинное имя файла.',
    en: 'The file name is too long.',
  },
  unrecognized_attachment_id: {
    status: 400,
    ru: 'Файл с таким идентификатором не найден или недоступен.',
    en: 'The attachment identifier is not recognized.',
  },
  access_denied_file: {
    status: 403,
    ru: 'Нет доступа к файлу.',
    en: 'Access to the file is denied.',
  },
  file_is_missing: { status: 404, ru: 'Файл отсутствует.', en: 'The file is missing.' },
  unrecognized_task_id: {
    status: 400,
    ru: 'Задача с таким номером не найдена.',
    en: 'The task identifier is not recognized.',
  },
  access_denied_task: {
    status: 403,
    ru: 'Нет доступа к задаче.',
    en: 'Access to the task is denied.',
  },
  access_denied_form: {
    status: 403,
    ru: 'Нет доступа к форме.',
    en: 'Access to the form is denied.',
  },
  access_denied_project: {
    status: 403,
    ru: 'Нет доступа к списку.',
    en: 'Access to the list is denied.',
  },
  too_many_attachments: {
    status: 400,
    ru: 'В задаче слишком много файлов.',
    en: 'The task has too many attachments.',
  },
  too_many_comments: {
    status: 400,
    ru: 'В задаче слишком много комментариев.',
    en: 'The task has too many comments.',
  },
  file_limit_exceeded: {
    status: 400,
    ru: 'Превышено допустимое количество файлов.',
    en: 'The limit of files is exceeded.',
  },
  attachments_forbidden: {
    status: 400,
    ru: 'Сюда нельзя прикреплять файлы.',
    en: 'Attachments are forbidden here.',
  },
  task_migrated: {
    status: 400,
    ru: 'Задача перенесена в другое окружение.',
    en: 'The task has been migrated.',
  },
  access_denied_reopen_task: {
    status: 403,
    ru: 'Нет прав на повторное открытие задачи.',
    en: 'You may not reopen the task.',
  },
  max_text_length_exceeded: {
    status: 400,
    ru: 'Слишком длинный текст.',
    en: 'The text is too long.',
  },
  required_field_missing: {
    status: 400,
    ru: 'Не заполнено обязательное поле.',
    en: 'A required field is missing.',
  },
  deleted_field: { status: 400, ru: 'Поле удалено.', en: 'The field is deleted.' },
  unable_to_edit_field: {
    status: 400,
    ru: 'Поле нельзя изменить.',
    en: 'The field cannot be edited.',
  },
  access_denied_field: {
    status: 403,
    ru: 'Нет доступа к полю.',
    en: 'Access to the field is denied.',
  },
  validation_error: {
    status: 400,
    ru: 'Запрос не прошёл проверку.',
    en: 'The request is not valid.',
  },
  both_text_and_formatted_text_specified: {
    status: 400,
    ru: 'Указаны и text, и formatted_text.',
    en: 'Both text and formatted_text are specified.',
  },
  field_identity_missing: {
    status: 400,
    ru: 'Не указан идентификатор поля.',
    en: 'The field identity is missing.',
  },
  invalid_field_id: { status: 400, ru: 'Нет такого поля.', en: 'There is no such field.' },
  field_is_in_table: {
    status: 400,
    ru: 'Поле находится в таблице.',
    en: 'The field is inside a table.',
  },
  items_count_out_of_range: {
    status: 400,
    ru: 'Количество элементов вне допустимых пределов.',
    en: 'The items count is out of range.',
  },
  too_many_requests: {
    status: 429,
    ru: 'Превышен лимит запросов за 10 минут.',
    en: 'You have reached the limit of requests per 10 minutes.',
  },
  server_error: {
    status: 500,
    ru: 'Внутренняя ошибка сервера.',
    en: 'Internal server error.',
  },
} as const satisfies Record<string, Refusal>;

export type RefusalCode = keyof typeof refusals;
