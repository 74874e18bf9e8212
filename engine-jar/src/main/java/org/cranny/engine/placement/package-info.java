/** Decides which hosts keep a pack. */
package org.cranny.engine.placement;
