/** Commands of the user before and after a backup. */
package org.cranny.client.hook;
