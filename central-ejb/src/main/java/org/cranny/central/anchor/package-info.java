/** Anchors the head of the log on daemons, and asks them later. */
package org.cranny.central.anchor;
