// What a page with faults does more where scripts run: whoever reads it with a screen reader begins at what is wrong.
import { ErrorSummary, createAll } from "./nhsuk.js";

document.body.classList.add("nhsuk-frontend-supported");
createAll(ErrorSummary);
