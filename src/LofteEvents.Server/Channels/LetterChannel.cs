using LofteEvents.Notices;
using LofteEvents.Postgres.Notices;

namespace LofteEvents.Server.Channels;

/// <summary>
/// A letter on paper: a PDF in the print queue's folder <c>letters/out</c>. Whoever posts it moves the file to
/// <c>letters/posted</c>, and that is the receipt.
/// </summary>
internal sealed class LetterChannel(ChannelFolder folder, TimeProvider clock) : INoticeChannel
{
    public string Name => NoticeChannels.Letter;

    public async Task<ChannelAnswer> SendAsync(NoticeMessage message, CancellationToken cancellationToken)
    {
        var to = message.Way(Name)?.Address is { } address
            ? $"{message.Recipient!.Name}\n{address}"
            : "Till vårdnadshavare\n(namn och adress: se ärendet)";
        var pdf = LetterPdf.Of(to, NoticeText.Of(message), Stockholm.DayOf(clock.GetUtcNow()));
        var name = $"{ChannelFolder.NameOf(message)}.pdf";
        return await ChannelFolder.PutAsync(folder.Letters, name, pdf, cancellationToken) is { } fault
            ? new ChannelAnswer.NotNow(fault)
            : new ChannelAnswer.HandedOver();
    }
}
