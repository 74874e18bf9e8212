/** Writes and reads packs, front to back. */
package org.cranny.engine.pack;
