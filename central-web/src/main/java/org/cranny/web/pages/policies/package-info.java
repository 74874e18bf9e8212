/** What the company, groups, systems and folders set. */
package org.cranny.web.pages.policies;
