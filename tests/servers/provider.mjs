// A real OpenID provider for tests: accounts and client come as JSON in the first argument, the port in the second.
import Provider from 'oidc-provider'

const { accounts, client } = JSON.parse(process.argv[2])
const port = Number(process.argv[3])

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [client],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  findAccount: (_context, id) => accounts[id] && { accountId: id, claims: () => ({ sub: id, ...accounts[id] }) },
  pkce: { required: () => true },
  cookies: { keys: ['only for tests'] },
})

provider.listen(port, '127.0.0.1')
