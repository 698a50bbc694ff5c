/** A thing that was found, as codes and labels: texts of signals are not shown here. */
export interface Hit {
  readonly kind:
    | 'issue'
    | 'case'
    | 'topic'
    | 'signal'
    | 'import'
    | 'person'
    | 'team'
    | 'compartment'
    | 'view'
    | 'source'
    | 'comment'
    | 'export'
    | 'world';
  readonly path: string;
  readonly code: string;
  readonly title: string | null;
  /** Stands outside this page: it is loaded anew. */
  readonly away?: true;
}
