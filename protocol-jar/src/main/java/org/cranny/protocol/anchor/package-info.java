/** Heads of central's log, which daemons keep so that central cannot write another past. */
package org.cranny.protocol.anchor;
