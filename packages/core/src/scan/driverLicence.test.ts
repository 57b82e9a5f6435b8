import { describe, expect, test } from 'vitest';
import { parseDriverLicence } from './driverLicence.ts';

const body = [
  'DAQD1234567',
  'DCSSAMPLE',
  'DDEN',
  'DACALEX',
  'DDFT',
  'DADJAMIE',
  'DDGN',
  'DBB03121994',
  'DBD11232024',
  'DBA03122032',
  'DBC2',
  'DAG18 OSMANTHUS ROAD',
  'DAISPRINGFIELD',
  'DAJVA',
  'DAK220010000  ',
  'DCGUSA',
  'DAZBRO',
];
const card = (lines: readonly string[], separator = '\n') =>
  `@\n\x1e\rANSI 636000100002DL00410278ZV03190008DL${lines.join(separator)}\rZVZVA01\r`;
const person = {
  familyName: 'SAMPLE',
  givenNames: 'ALEX JAMIE',
  number: 'D1234567',
  birthDate: '1994-03-12',
  issued: '2024-11-23',
  expires: '2032-03-12',
  sex: '2',
  street: '18 OSMANTHUS ROAD',
  city: 'SPRINGFIELD',
  region: 'VA',
  postcode: '220010000',
  country: 'USA',
};

test('a licence of version 10', () => {
  expect(parseDriverLicence(card(body))).toEqual({
    issuer: '636000',
    version: 10,
    values: person,
    truncated: ['givenNames'],
  });
});

describe('issuers who go their own way', () => {
  test.each([
    ['no carriage return', card(body).replaceAll('\r', '')],
    ['carriage returns and line feeds', card(body, '\r\n')],
    ['a file separator between elements', card(body, '\x1c')],
    ['a group separator between elements', card(body, '\x1d')],
    ['wrong offset and length', card(body).replace('DL00410278', 'DL99990001')],
    ['an ID card', card(body).replace('DL0041', 'ID0041').replace('DLDAQ', 'IDDAQ')],
    ['no subfile type before the first element', card(body).replace('DLDAQ', 'DAQ')],
    ['no directory', card(body).replace('DL00410278ZV03190008DL', 'DL')],
    ['the file type of the first version', card(body).replace('ANSI ', 'AAMVA')],
    ['no compliance sign', card(body).slice(3)],
  ])('%s', (_, text) => {
    expect(parseDriverLicence(text)?.values).toEqual(person);
  });
});

test('version 1: one full name, year first, sex by letter', () => {
  const text =
    '@\n\x1e\rANSI 6360430101DL00290120DLDAASAMPLE,ALEX,JAMIE\nDAQS99\nDBB19940312\nDBCF\r';
  expect(parseDriverLicence(text)).toMatchObject({
    version: 1,
    values: {
      familyName: 'SAMPLE',
      givenNames: 'ALEX JAMIE',
      number: 'S99',
      birthDate: '1994-03-12',
      sex: '2',
    },
  });
});

test('version 2: given names together', () => {
  const text = card(['DAQS99', 'DCSSAMPLE', 'DCTALEX,JAMIE']);
  expect(parseDriverLicence(text)?.values).toEqual({
    familyName: 'SAMPLE',
    givenNames: 'ALEX JAMIE',
    number: 'S99',
  });
});

test('Canada writes the year first', () => {
  const text = card(['DAQS99', 'DBB19940312', 'DBA20321231', 'DCGCAN']);
  expect(parseDriverLicence(text)?.values).toMatchObject({
    birthDate: '1994-03-12',
    expires: '2032-12-31',
  });
});

test('what is not there, or no date, is left out', () => {
  const text = card(['DAQS99', 'DADNONE', 'DAGunavl', 'DBB02301994', 'DBCX', 'DAI']);
  expect(parseDriverLicence(text)?.values).toEqual({ number: 'S99' });
});

test.each([
  ['no header', 'DLDAQD1234567\nDCSSAMPLE'],
  ['a header and nothing else', '@\n\x1e\rANSI 636000100002'],
  ['no number', card(['DCSSAMPLE'])],
])('%s is no licence', (_, text) => {
  expect(parseDriverLicence(text)).toBeUndefined();
});
