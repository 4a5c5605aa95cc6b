using System.Net;
using System.Net.Sockets;
using System.Text;
using LofteEvents.Server.Channels;

namespace LofteEvents.Tests.Server.Channels;

public sealed class A_nudge_by_mail
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Says_only_that_there_is_something_to_read()
    {
        using var server = new MailServer("250 OK");
        var id = Guid.NewGuid();

        (await Nudge(server).SendAsync("socialtjansten@example.org", id, Token)).ShouldBeNull();

        var mail = await server.Mail.WaitAsync(Token);
        mail.ShouldContain("To: socialtjansten@example.org");
        mail.ShouldContain($"{id:N}@lofte.example");
        var between = mail.IndexOf("\n\n", StringComparison.Ordinal);
        var (headers, body) = (mail[..between], mail[between..]);
        headers.ShouldContain("Content-Transfer-Encoding: base64");
        Encoding.UTF8.GetString(Convert.FromBase64String(body))
            .ShouldBe("Logga in på https://lofte.example/ för att läsa det.\r\n\r\nDetta brev kan inte besvaras.\r\n");
    }

    [Fact]
    public async Task That_the_mail_server_does_not_take_is_said_and_not_thrown()
    {
        using var server = new MailServer("550 No such mailbox");

        (await Nudge(server).SendAsync("nobody@example.org", Guid.NewGuid(), Token))
            .ShouldNotBeNull().ShouldContain("mail server");
    }

    private static SmtpNudge Nudge(MailServer server) => new(
        new SmtpSettings("127.0.0.1", server.Port, UseTls: false, "noreply@lofte.example", null, null),
        new Uri("https://lofte.example/"));

    /// <summary>As much of RFC 5321 as one mail needs.</summary>
    private sealed class MailServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public MailServer(string answerToRecipient)
        {
            _listener.Start();
            Mail = TakeAsync(answerToRecipient, Token);
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        /// <summary>Headers and text of the mail; what was said so far where none was taken.</summary>
        public Task<string> Mail { get; }

        public void Dispose() => _listener.Dispose();

        private async Task<string> TakeAsync(string answerToRecipient, CancellationToken cancellationToken)
        {
            using var client = await _listener.AcceptTcpClientAsync(cancellationToken);
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream);
            await using var writer = new StreamWriter(stream) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 ready");
            var mail = new List<string>();
            while (await reader.ReadLineAsync(cancellationToken) is { } said)
            {
                if (said.StartsWith("DATA", StringComparison.Ordinal))
                {
                    await writer.WriteLineAsync("354 go on");
                    while (await reader.ReadLineAsync(cancellationToken) is { } line && line != ".")
                    {
                        mail.Add(line);
                    }
                }

                if (said.StartsWith("QUIT", StringComparison.Ordinal))
                {
                    break;
                }

                await writer.WriteLineAsync(said.StartsWith("RCPT", StringComparison.Ordinal) ? answerToRecipient : "250 OK");
            }

            return string.Join('\n', mail);
        }
    }
}
