import type { Crypto } from '../../script-engine/index.ts'

/** A question on an edge of the consensus, and the answer that every node must give. */
interface Question {
  readonly title: string
  readonly answer: boolean
  ask(crypto: Crypto): boolean
}

/**
 * The title of the first question that a backend answers wrongly; undefined when it may judge blocks.
 * Libraries differ exactly here: hybrid keys, high s, numbers out of range, points that do not exist.
 */
export function firstWrongAnswer(crypto: Crypto): string | undefined {
  return QUESTIONS.find(({ ask, answer }) => ask(crypto) !== answer)?.title
}

const ORDER = 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141'
const FIELD = 'fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f'
const ZERO = '00'.repeat(32)
const MESSAGE = '22'.repeat(32)

/** The key of the secret 11…11: its y is odd. */
const X = '4f355bdcb7cc0af728ef3cceb9615d90684bb5b2ca5f859ab0f0b704075871aa'
const Y = '385b6b1b8ead809ca67454d9683fcf2ba03456d6fe2c4abe2b07f0fbdbb2f1c1'
const R = 'cfd18ee918d6729134adbc61212142cf71fcf186dfc3123cfca8f7062e0fad5a'
const S = '703cc467d9857349ddb6e148bd1663f5050f3f6b9d788d64349c357f14eb4a5f'
const HIGH_S = '8fc33b98267a8cb622491eb742e99c09b59f9d7b11d012d78b36290dbb4af6e2'

/** Of the same secret, for a message of zeros. */
const ZERO_MESSAGE_SIGNATURE =
  'e0a180fdd0fe38037cc878c03832861b40a29d32bd7b40b10c9e1efc8c1468a0' +
  '5ae06d1624896d0d29f4b31e32772ea3cb1b4d7ed4e077e5da28dcc33c0e7812'

/** BIP340's test vector 1, and the key of vector 5, whose x is on no point. */
const BIP340_KEY = 'dff1d77f2a671c5f36183726db2341be58feae1da2deced843240f7b502ba659'
const BIP340_MESSAGE = '243f6a8885a308d313198a2e03707344a4093822299f31d0082efa98ec4e6c89'
const BIP340_R = '6896bd60eeae296db48a229ff71dfe071bde413e6d43f917dc8dcf8c78de3341'
const BIP340_S = '8906d11ac976abccb20b091292bff4ea897efcb639ea871cfa95f6de339e4b0a'
const NO_POINT = 'eefdea4cdb677750a420fee807eacf21eb9898ae79b9768766e4faa04a2d4a34'

const QUESTIONS: readonly Question[] = [
  ecdsa('ECDSA with a compressed key', true, `03${X}`, R + S),
  ecdsa('ECDSA with a whole key', true, `04${X}${Y}`, R + S),
  ecdsa('ECDSA with a high s', true, `03${X}`, R + HIGH_S),
  ecdsa('hybrid key of the right parity', true, `07${X}${Y}`, R + S),
  ecdsa('hybrid key of the wrong parity', false, `06${X}${Y}`, R + S),
  ecdsa('negated key', false, `02${X}`, R + S),
  ecdsa('whole key off the curve', false, `04${X}${X}`, R + S),
  ecdsa('compressed key off the curve', false, `02${NO_POINT}`, R + S),
  ecdsa('key of an unknown kind', false, `05${X}`, R + S),
  ecdsa('key of a wrong length', false, `04${X}`, R + S),
  ecdsa('no key', false, '', R + S),
  ecdsa('the point at infinity as key', false, '00', R + S),
  ecdsa('another message', false, `03${X}`, R + S, BIP340_MESSAGE),
  ecdsa('message of zeros', true, `03${X}`, ZERO_MESSAGE_SIGNATURE, ZERO),
  ecdsa('message not below the order', false, `03${X}`, R + S, 'ff'.repeat(32)),
  ecdsa('r of zero', false, `03${X}`, ZERO + S),
  ecdsa('s of zero', false, `03${X}`, R + ZERO),
  ecdsa('r and s of zero', false, `03${X}`, ZERO + ZERO),
  ecdsa('r equal to the order', false, `03${X}`, ORDER + S),
  ecdsa('s equal to the order', false, `03${X}`, R + ORDER),
  ecdsa('s beyond the order', false, `03${X}`, R + 'ff'.repeat(32)),
  ecdsa(
    'r that stands for an x not below the order',
    true,
    '02c722595d0657483b34ce72c3dfcccdb02fbb5c77b82bbb5eb7921f453842153b',
    `${ZERO.slice(2)}02${'33'.repeat(32)}`,
  ),
  schnorr('Schnorr', true, BIP340_KEY, BIP340_R + BIP340_S),
  schnorr('Schnorr for another message', false, BIP340_KEY, BIP340_R + BIP340_S, MESSAGE),
  schnorr('Schnorr key on no point', false, NO_POINT, BIP340_R + BIP340_S),
  schnorr('Schnorr key equal to the field size', false, FIELD, BIP340_R + BIP340_S),
  schnorr('Schnorr key equal to the order', false, ORDER, BIP340_R + BIP340_S),
  schnorr(
    'nonce with an odd y',
    false,
    BIP340_KEY,
    'fff97bd5755eeea420453a14355235d382f6472f8568a18b2f057a1460297556' +
      '3cc27944640ac607cd107ae10923d9ef7a73c643e166be5ebeafa34b1ac553e2',
  ),
  schnorr(
    'nonce at infinity',
    false,
    BIP340_KEY,
    `${ZERO}123dda8328af9c23a94c1feecfd123ba4fb73476f0d594dcb65c6425bd186051`,
  ),
  schnorr('nonce equal to the field size', false, BIP340_KEY, FIELD + BIP340_S),
  schnorr('Schnorr s equal to the order', false, BIP340_KEY, BIP340_R + ORDER),
  schnorr('Schnorr s of zero', false, BIP340_KEY, BIP340_R + ZERO),
  tweak('tweak of zero', `02${X}`, X, ZERO),
  tweak(
    'tweak of a key path',
    '0353a1f6e454df1aa2776a2814a721372d6258050de330b3c6d10ee8f4e0dda343',
    'd6889cb081036e0faefa3a35157ad71086b123b2b144b649798b494c300a961d',
    'b86e7be8f39bab32a6f2c0443abbc210f0edac0e2c53d501b36b64437d9c6c70',
  ),
  tweak('tweak that leads to infinity', undefined, X, '11'.repeat(32)),
  tweak('tweak equal to the order', undefined, X, ORDER),
  tweak('tweak of a key on no point', undefined, NO_POINT, MESSAGE),
  hash('SHA-256', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'sha256'),
  hash('double SHA-256', '4f8b42c22dd3729b519ba6f68d2da7cc5b2d606d05daed5ad5128cc03e6c6358', 'hash256'),
  hash('RIPEMD-160', '8eb208f7e05d987a9b044a8e98c6b087f15a0bfc', 'ripemd160'),
  hash('SHA-1', 'a9993e364706816aba3e25717850c26c9cd0d89d', 'sha1'),
]

function ecdsa(title: string, answer: boolean, key: string, signature: string, message = MESSAGE): Question {
  return {
    title,
    answer,
    ask: (crypto) => crypto.verifyEcdsa(bytesOf(key), bytesOf(signature), bytesOf(message)),
  }
}

function schnorr(
  title: string,
  answer: boolean,
  key: string,
  signature: string,
  message = BIP340_MESSAGE,
): Question {
  return {
    title,
    answer,
    ask: (crypto) => crypto.verifySchnorr(bytesOf(key), bytesOf(signature), bytesOf(message)),
  }
}

function tweak(title: string, expected: string | undefined, internalKey: string, by: string): Question {
  const ask = (crypto: Crypto): boolean => {
    const key = crypto.tweakPublicKey(bytesOf(internalKey), bytesOf(by))
    return (key && hexOf(key)) === expected
  }
  return { title, answer: true, ask }
}

function hash(title: string, expected: string, name: 'sha256' | 'hash256' | 'ripemd160' | 'sha1'): Question {
  const abc = Uint8Array.of(0x61, 0x62, 0x63)
  return { title, answer: true, ask: (crypto) => hexOf(crypto[name](abc)) === expected }
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, 'hex'))
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
