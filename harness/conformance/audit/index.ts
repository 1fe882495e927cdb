export { type Audit, type AuditedNode, audit } from './audit.ts'
