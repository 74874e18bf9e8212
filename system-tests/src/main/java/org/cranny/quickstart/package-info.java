/** The first five minutes: a whole realm on one machine, one backup, one restore, compared. */
package org.cranny.quickstart;
