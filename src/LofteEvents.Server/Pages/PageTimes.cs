using LofteEvents.Postgres.Projections;
using LofteEvents.Server.Errors;
using LofteEvents.Server.Loften;
using Microsoft.AspNetCore.Mvc;

namespace LofteEvents.Server.Pages;

/// <summary>The two times of a page, by the same words in the query as a read's.</summary>
internal static class PageTimes
{
    public static async Task<(PositionAsked? Position, DateOnly On, Problem? Fault)> ReadAsync(
        HttpContext context, PositionResolver positions, TimeProvider clock)
    {
        if (WhenAsked.Read(context.Request.Query, clock, out var fault) is not { } asked)
        {
            return (null, default, fault);
        }

        var (position, behind) = await positions.ResolveAsync(asked, ProjectionNames.All, context.RequestAborted);
        return (position, asked.On, behind);
    }
}

/// <summary>A problem as the API answers it, out of a page.</summary>
internal sealed class PageProblem(Problem problem) : ActionResult
{
    public override Task ExecuteResultAsync(ActionContext context) => problem.ExecuteAsync(context.HttpContext);
}
