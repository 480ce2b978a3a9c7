// What the compiler cannot see: any, promises that nobody waits for, hooks in the wrong place.
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import hooks from 'eslint-plugin-react-hooks';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['lib/', 'build/', 'node_modules/', 'rspack.config.js', 'test/', 'eslint.config.mjs'] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...ts.configs.stylisticTypeChecked,
  prettier,
  {
    files: ['src/**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    plugins: { 'react-hooks': hooks },
    rules: {
      ...hooks.configs.recommended.rules,
      eqeqeq: 'error',
      // The names of interfaces begin with I, as in JupyterLab.
      '@typescript-eslint/naming-convention': ['error', { selector: 'interface', format: ['PascalCase'], prefix: ['I'] }],
      // Namespaces hold the ids of commands, as in JupyterLab.
      '@typescript-eslint/no-namespace': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Lumino's signals and React's event handlers are functions that return what nobody reads.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Lumino's signals take the object beside the method, so that it is never called without its `this`.
      '@typescript-eslint/unbound-method': 'off',
      // Indexed JSON is read as `data['key']`, so that a reader sees that it came off the wire.
      '@typescript-eslint/dot-notation': 'off'
    }
  }
);
