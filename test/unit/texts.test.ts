import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAst } from 'vite';
import { describe, expect, it } from 'vitest';
import { gate } from '../../renderer/texts/gate.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const renderer = path.join(root, 'renderer');
const inRenderer = (folder: string, ending: RegExp): string[] => readdirSync(path.join(renderer, folder), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && ending.test(entry.name))
  .map((entry) => path.relative(renderer, path.join(entry.parentPath, entry.name)));
const source = (file: string): string => readFileSync(path.join(renderer, file), 'utf8');

const vietnameseLetter = /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/i;
const sentence = /^[A-Z][a-z]+(?: [A-Za-z]+){1,}/;
const shownAttributes = new Set(['label', 'title', 'alt', 'placeholder', 'hint', 'aria-label', 'aria-description', 'error', 'say']);
const hasLetters = (text: string): boolean => /\p{L}/u.test(text);

interface SyntaxNode { type: string; [field: string]: unknown }
const isNode = (value: unknown): value is SyntaxNode => typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** Words that stand in a view file in place of `renderer/texts`. Errors of programming are for programmers and may be English. */
function wordsIn(code: string): string[] {
  const found: string[] = [];
  const text = (value: unknown, isShown: boolean): void => {
    if (typeof value !== 'string') return;
    if (vietnameseLetter.test(value) || sentence.test(value) || (isShown && hasLetters(value))) found.push(value.trim());
  };
  const walk = (node: SyntaxNode, isShown: boolean): void => {
    if (node.type === 'ImportDeclaration' || node.type === 'ThrowStatement') return;
    if (node.type === 'JSXText') text(node['value'], true);
    if (node.type === 'Literal') text(node['value'], isShown);
    if (node.type === 'TemplateElement') text((node['value'] as { cooked: string }).cooked, isShown);
    if (node.type === 'CallExpression' && calleeName(node['callee']).startsWith('console.')) return;
    let inner = false;
    if (node.type === 'JSXAttribute' && isNode(node['name'])) inner = isNode(node['value']) && node['value'].type === 'Literal' && shownAttributes.has(String(node['name']['name']));
    for (const child of Object.values(node)) {
      if (Array.isArray(child)) child.filter(isNode).forEach((c) => walk(c, inner));
      else if (isNode(child)) walk(child, inner);
    }
  };
  walk(parseAst(code, { lang: 'tsx' }) as unknown as SyntaxNode, false);
  return found;
}

function calleeName(callee: unknown): string {
  if (!isNode(callee) || !isNode(callee['object']) || !isNode(callee['property'])) return '';
  return `${String(callee['object']['name'])}.${String(callee['property']['name'])}`;
}

describe('texts of the screens', () => {
  const files = inRenderer('texts', /\.ts$/);

  it('are there', () => expect(files).toEqual(expect.arrayContaining(['texts/common.ts', 'texts/gate.ts', 'texts/setup.ts', 'texts/login.ts', 'texts/admin.ts'])));

  it.each(files)('%s is written in NFC, without invisible or old-font letters', (file) => {
    const text = source(file);
    expect(text).toBe(text.normalize('NFC'));
    expect(text).not.toMatch(/[\u00ad\u200b-\u200f\ufeffðÐƉɖ]/u);
  });
});

describe('view files', () => {
  const files = ['.', 'components', 'views'].flatMap((folder) => folder === '.'
    ? readdirSync(renderer).filter((name) => /\.tsx?$/.test(name))
    : inRenderer(folder, /\.tsx?$/));

  it.each(files)('%s takes its words from renderer/texts', (file) => {
    expect(wordsIn(source(file))).toEqual([]);
  });

  it('with a word in JSX, in a shown attribute or in a string are found', () => {
    expect(wordsIn('const a = <p>Save</p>;')).toEqual(['Save']);
    expect(wordsIn('const a = <Field label="Name" className="row grow" />;')).toEqual(['Name']);
    expect(wordsIn('const a = { x: "đã lưu" };')).toEqual(['đã lưu']);
    expect(wordsIn('const a = `Please wait ${n}`;')).toEqual(['Please wait']);
    expect(wordsIn('if (!x) throw new Error("Not here at all"); const a = <p title={t.x}>{t.y}</p>;')).toEqual([]);
  });
});

describe('fonts of the greetings', () => {
  const css = source('look/greetings.css');
  const covered = (family: string): Set<number> => {
    const faces = css.split('@font-face').filter((face) => face.includes(`'${family}'`));
    return new Set(faces.flatMap((face) => [...face.matchAll(/U\+([0-9A-F]{2,5})(?:-([0-9A-F]{2,5}))?/g)].flatMap(([, from = '0', to = from]) => {
      const first = Number.parseInt(from, 16);
      return Array.from({ length: Number.parseInt(to, 16) - first + 1 }, (_, i) => first + i);
    })));
  };

  it.each([['zh', 'Noto Sans SC'], ['ko', 'Noto Sans KR'], ['ja', 'Noto Sans JP']] as const)('hold every sign that is said in %s', (language, family) => {
    const said = [gate.waitingIn[language], gate.withoutCameraIn[language], gate.fire.help[language], gate.notOpened[language], ...Object.values(gate.greeting).map((g) => g[language])].join('');
    const has = covered(family);
    // Names are anybody's: the everyday signs of each language too.
    const names = { zh: '王伟李娜张敏刘洋陈静', ko: '김민준이서연박지훈최유진문습니', ja: '佐藤太郎鈴木花子高橋健一' }[language];
    expect([...new Set(said + names)].filter((sign) => (sign.codePointAt(0) ?? 0) > 0x2fff && !has.has(sign.codePointAt(0) ?? 0))).toEqual([]);
  });
});
