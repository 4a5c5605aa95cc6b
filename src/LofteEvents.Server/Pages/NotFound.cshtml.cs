using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LofteEvents.Server.Pages;

/// <summary>What a person sees at an address that nothing else has; programs get problem details.</summary>
internal sealed class NotFoundModel : PageModel
{
    public IActionResult OnGet() => NotFoundPage.Answer(this);
}
