/** Seals and opens the sections of a pack. */
package org.cranny.engine.sealing;
