/** Stops deletion where too much changes at once, until two people have looked at it. */
package org.cranny.central.brake;
