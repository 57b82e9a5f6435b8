/** Where a material says something else than the form, character by character. */
export interface Difference {
  readonly material: string;
  readonly field: string;
  readonly attribute: string;
  readonly onMaterial: string;
  readonly onForm: string;
  /** Aligned code points; `same` is false where they differ or one side has none (empty string). */
  readonly cells: readonly {
    readonly material: string;
    readonly form: string;
    readonly same: boolean;
  }[];
}
