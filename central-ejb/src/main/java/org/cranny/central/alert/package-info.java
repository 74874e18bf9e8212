/** Tells people what is wrong, once and not again and again, and when it is over. */
package org.cranny.central.alert;
