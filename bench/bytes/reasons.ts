/** Why a field takes more or less in the prototype ("there") than with us ("here"). */
export const REASONS: Readonly<Record<string, string>> = {
  framing:
    "there structs within structs, each serialized by itself; here around fields of control messages, hardly any in ciphertexts",
  "message type": "here before each packet, and before what a ciphertext holds",
  seed: "16 bytes there (`KEY_SIZE`), 32 here",
  tag: "AES-GCM there; here, as in libsignal, AES-CBC under the signature",
  "key index":
    "there in the plaintext and beside the ciphertext; here a message's number is that of its key, and a channel's first needs none",
  "prekey id": "here that of the signed prekey too",
  "identity key": "X3DH's, in a channel's first message; there a member's name is this key",
  sender: "here the server vouches for it, and addresses are not counted",
  "message number": "here of a create too, and of the addition that the welcome repeats",
  "messages spoken": "here a control message waits for what its author said before it",
  "chain number": "here which control message the chain is from",
  "acknowledged sender": "a name: 32 bytes there, 4 here",
  "added member": "a name: 32 bytes there, 4 here, where the welcome repeats it",
  "removed member": "a name: 32 bytes there, 4 here",
  member: "names: 32 bytes there, 4 here; here a create lists its creator too",
  "signing key": "what a member signs with at first is its name there, and has to be told here",
  commitment: "there the ciphertexts are signed; here a hash of the secret in them",
  "group id": "there no message says to which group it belongs",
  clock: "there a list of its own, with names; here beside the names",
  "membership history": "there all who acknowledged each member: n²; here what is under way: nothing",
  "update owed": "here for a newcomer between removes that crossed",
  padding: "AES-CBC's",
}
