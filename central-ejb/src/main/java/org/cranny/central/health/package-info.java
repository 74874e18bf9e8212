/** Whether central lives, and whether it can do its work now. */
package org.cranny.central.health;
