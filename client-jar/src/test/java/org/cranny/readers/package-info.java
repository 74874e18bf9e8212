/**
 * Everything that reads octets which come from somewhere else, in one list: {@link org.cranny.readers.Readers}. The tests
 * give each of them what nobody meant to write; {@code bin/fuzz} does it for as long as one likes.
 */
package org.cranny.readers;
