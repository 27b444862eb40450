import { DataTransferItem, EventEmitter, window } from 'vscode';
import type { TreeDataProvider, TreeItem, TreeView, TreeViewOptions } from 'vscode';
import { dropped } from './dropped';
import type { Dropped } from './dropped';
import { guidLines } from './row';
import type { Row } from './row';
import type { UploadsTree } from './uploadsTree';

/** What the view needs once somebody opens it, or drops files on it; built at first use. */
export interface UploadsView {
  readonly tree: UploadsTree;
  /** Never throws: what fails is said. */
  readonly upload: (what: Promise<Dropped>) => Promise<void>;
}

/** The view, and what VS Code asks for it. */
export interface UploadsViewAtStartUp {
  readonly view: TreeView<Row>;
  readonly options: TreeViewOptions<Row>;
}

/** Puts up the view `pyrus.uploads`. As long as it is closed nothing is loaded and nothing read. */
export function createUploadsView(load: () => Promise<UploadsView>): UploadsViewAtStartUp {
  const rows = new RowsOnDemand(async () => (await load()).tree);
  const options: TreeViewOptions<Row> = {
    treeDataProvider: rows,
    canSelectMany: true,
    showCollapseAll: true,
    dragAndDropController: {
      dragMimeTypes: ['text/plain'],
      dropMimeTypes: ['text/uri-list', 'files'],
      handleDrag: (dragged, transfer) =>
        transfer.set('text/plain', new DataTransferItem(guidLines(dragged))),
      handleDrop: async (_row, transfer) => {
        const what = dropped(transfer);
        await (await load()).upload(what);
      },
    },
  };
  const view = window.createTreeView('pyrus.uploads', options);
  view.onDidChangeVisibility(({ visible }) => void rows.setVisible(visible));
  return { view, options };
}

/** The rows of a tree that is built when VS Code first asks for rows. */
class RowsOnDemand implements TreeDataProvider<Row> {
  readonly #changed = new EventEmitter<Row | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #tree: Promise<UploadsTree> | undefined;
  #isVisible = false;

  constructor(private readonly load: () => Promise<UploadsTree>) {}

  async getChildren(row?: Row): Promise<Row[]> {
    return (await this.#built()).getChildren(row);
  }

  async getTreeItem(row: Row): Promise<TreeItem> {
    return (await this.#built()).getTreeItem(row);
  }

  async resolveTreeItem(item: TreeItem, row: Row): Promise<TreeItem> {
    return (await this.#built()).resolveTreeItem(item, row);
  }

  async setVisible(isVisible: boolean): Promise<void> {
    this.#isVisible = isVisible;
    (await this.#tree)?.setVisible(isVisible);
  }

  #built(): Promise<UploadsTree> {
    return (this.#tree ??= this.load().then(tree => {
      tree.onDidChangeTreeData(row => this.#changed.fire(row));
      tree.setVisible(this.#isVisible);
      return tree;
    }));
  }
}
