import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ITable } from '../payloads';

interface IAnswerTableProps {
  table: ITable;
  trans: TranslationBundle;
}

/** The first rows of the answer's table. Values are text: nothing of the data is ever HTML. */
export function AnswerTable({ table, trans }: IAnswerTableProps): React.JSX.Element {
  return (
    <div
      className="jp-Nexus-tableBox"
      tabIndex={0}
      role="region"
      aria-label={trans.__('Table of the answer')}
    >
      <table className="jp-Nexus-table">
        <thead>
          <tr>
            {table.columns.map((column, index) => (
              <th key={index} scope="col" data-kind={typeof table.rows[0]?.[index]}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.map((value, at) => (
                <td key={at} data-kind={typeof value}>
                  {shown(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function shown(value: unknown): string {
  if (value === null || value === undefined) {
    return '';
  }
  if (typeof value === 'number') {
    return value.toLocaleString(undefined, { maximumFractionDigits: 3 });
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
