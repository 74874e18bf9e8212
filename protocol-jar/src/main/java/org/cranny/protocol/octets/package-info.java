/** The few primitives that all binary formats are made of. */
package org.cranny.protocol.octets;
