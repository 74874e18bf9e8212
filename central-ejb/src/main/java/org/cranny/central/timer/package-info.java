/** What is done again and again, by one of several servers or by each. */
package org.cranny.central.timer;
