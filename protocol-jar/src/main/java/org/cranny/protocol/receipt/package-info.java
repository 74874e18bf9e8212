/** A host's word that it holds a fragment. */
package org.cranny.protocol.receipt;
