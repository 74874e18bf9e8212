/** The directory that knows people: an external one over LDAP, or a small one that central brings along. */
package org.cranny.web.directory;
