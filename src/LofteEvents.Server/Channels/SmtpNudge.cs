using System.Net;
using System.Net.Mail;

namespace LofteEvents.Server.Channels;

/// <summary>
/// E-mail that says only that there is something behind sign-in: no case, no place, no person. E-mail is read by many on its
/// way.
/// </summary>
internal sealed class SmtpNudge(SmtpSettings settings, Uri publicUrl)
{
    /// <returns>Null when the mail server has taken it; otherwise why not.</returns>
    public async Task<string?> SendAsync(string address, Guid id, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.UseTls };
        if (settings.User is not null)
        {
            client.Credentials = new NetworkCredential(settings.User, settings.Password);
        }

        try
        {
            using var mail = new MailMessage(settings.From, address)
            {
                Subject = "Det finns ett ärende att läsa",
                Body = $"Logga in på {publicUrl} för att läsa det.\r\n\r\nDetta brev kan inte besvaras.\r\n",
            };
            mail.Headers.Add("Message-ID", $"<{id:N}@{settings.From.Split('@')[^1]}>");
            await client.SendMailAsync(mail, cancellationToken);
            return null;
        }
        catch (Exception fault) when (fault is SmtpException or FormatException)
        {
            return $"The mail server did not take it: {fault.Message}";
        }
    }
}

/// <param name="UseTls">STARTTLS; on unless it is turned off.</param>
internal sealed record SmtpSettings(string Host, int Port, bool UseTls, string From, string? User, string? Password);
