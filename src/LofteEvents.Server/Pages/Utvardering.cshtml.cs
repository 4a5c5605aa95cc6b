using LofteEvents.Evaluations;
using LofteEvents.Server.Evaluations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LofteEvents.Server.Pages;

/// <summary>The page of an evaluation: the same blocks as its files, with links to the site's other pages.</summary>
internal sealed class UtvarderingModel(EvaluationReader reader) : PageModel
{
    public PublishedEvaluation Evaluation { get; private set; } = null!;

    public string Body { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string id)
    {
        var (evaluation, fault) = await reader.ReadAsync(id, HttpContext);
        if (fault is not null)
        {
            return new PageProblem(fault);
        }

        if (evaluation is null)
        {
            return NotFoundPage.Answer(this);
        }

        Evaluation = evaluation;
        Body = EvaluationFiles.ToPage(evaluation);
        return Page();
    }
}
