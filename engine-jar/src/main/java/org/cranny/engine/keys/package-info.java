/** The key ring of a source, what is derived from it, and how it is escrowed. */
package org.cranny.engine.keys;
