using System.Text.Encodings.Web;
using LofteEvents.Server.Pages;

namespace LofteEvents.Server.Errors;

/// <summary>
/// What a person sees where a page cannot be made. It is put together without the pages' own machinery, since that may be what
/// failed.
/// </summary>
internal sealed class ErrorPage(Problem problem) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        problem.WriteHead(response);
        response.ContentType = "text/html; charset=utf-8";
        var (swedish, english) = problem.Status switch
        {
            404 => ("Sidan finns inte.", "There is no such page."),
            401 or 403 => ("Du har inte tillgång till sidan.", "You may not see this page."),
            429 => ("För många frågor på en gång. Försök igen om en stund.", "Too many requests at once. Try again shortly."),
            503 => ("Tjänsten svarar inte just nu. Försök igen om en stund.", "The service does not answer. Try again shortly."),
            >= 400 and < 500 => ("Frågan gick inte att förstå.", "The request could not be understood."),
            _ => ("Något gick fel hos oss.", "Something went wrong on our side."),
        };
        var trace = HtmlEncoder.Default.Encode(Problem.TraceId() ?? "");
        await response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="sv">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{swedish}</title>
            <link rel="stylesheet" href="{PageAssets.Style}">
            </head>
            <body>
            <main id="innehall">
            <h1>{swedish}</h1>
            <p lang="en">{english}</p>
            <p><a href="/">Medborgarlöften</a></p>
            <p><small>{problem.Status} {problem.Code} {trace}</small></p>
            </main>
            </body>
            </html>
            """,
            httpContext.RequestAborted);
    }
}
