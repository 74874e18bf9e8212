/** Commands of the user: before and after a backup, and one whose output is backed up. */
package org.cranny.client.hook;
