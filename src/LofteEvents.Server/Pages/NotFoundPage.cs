using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace LofteEvents.Server.Pages;

/// <summary>Answers 404 with a page for a person, from a page whose address named something that is not there.</summary>
internal static class NotFoundPage
{
    public static IActionResult Answer(PageModel page) => new ViewResult
    {
        ViewName = "/Pages/_NotFound.cshtml",
        StatusCode = StatusCodes.Status404NotFound,
        ViewData = new ViewDataDictionary(page.ViewData),
        TempData = page.TempData,
    };
}
