namespace LofteEvents.Server.Hosting;

/// <summary>The numbers of the server's log messages, in one place so that no two share one.</summary>
internal static class LogEvents
{
    public const int NotStarted = 999;
    public const int Started = 1000;
    public const int DevelopmentIssuer = 1001;
    public const int StoreUnavailable = 1100;
    public const int RequestFailed = 1101;
    public const int IssuerUnavailable = 1102;
    public const int EventsAccepted = 1200;
    public const int EventsRefused = 1201;
    public const int DecidedAgain = 1202;
    public const int CannotSeal = 1203;
    public const int WebhookAnswered = 1300;
    public const int WebhookClosed = 1301;
    public const int ReceiptsInterrupted = 1302;
    public const int ReceiptUnreadable = 1303;
    public const int DeadLettersReplayed = 1304;
    public const int KeysDestroyed = 1900;
    public const int EpochsKept = 1901;
    public const int SubjectsPutOff = 1902;
    public const int SubjectsForgotten = 1903;
    public const int SubjectsWaiting = 1904;
}
