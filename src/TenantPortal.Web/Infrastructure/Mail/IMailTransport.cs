namespace TenantPortal.Web.Infrastructure.Mail;

/// <summary>A frozen letter on its way: envelope and bytes.</summary>
public sealed record Letter(string ClientSlug, Guid Id, int Attempt, DateTimeOffset CreatedAt, string From, string Recipient, byte[] Bytes);

/// <summary>What the other side said for certain: taken, or not taken and why. Whoever does not know throws.</summary>
public sealed record Delivery(bool IsTaken, bool MayTryAgain, string? Why)
{
    public static Delivery Taken { get; } = new(true, false, null);
    public static Delivery NotNow(string why) => new(false, true, why);
    public static Delivery Never(string why) => new(false, false, why);
}

/// <summary>Hands a letter over once. An exception means that nobody knows whether it was taken.</summary>
public interface IMailTransport
{
    Task<Delivery> SendAsync(Letter letter, CancellationToken cancel);
}
