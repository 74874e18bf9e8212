/** Signed documents and the keys that sign them. */
package org.cranny.protocol.signing;
