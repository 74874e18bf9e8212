/** The directory nodes of a snapshot: format, splitting of large directories, reading back ({@code docs/format/tree.md}). */
package org.cranny.engine.tree;
