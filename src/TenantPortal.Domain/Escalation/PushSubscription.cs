using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Escalation;

/// <summary>A browser in which a member of staff is called: where to push, and the keys that make a message readable there alone (RFC 8291).</summary>
public sealed class PushSubscription
{
    public const int MostEach = 10, PublicKeyLength = 65, AuthLength = 16;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required StaffId StaffId { get; init; }
    public required string Endpoint { get; init; }
    /// <summary>A point on P-256, uncompressed.</summary>
    public required byte[] PublicKey { get; init; }
    public required byte[] Auth { get; init; }
    /// <summary>As its owner tells it from the others.</summary>
    public required string Browser { get; init; }
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Why nothing could be sent with these keys, as a sentence; null when it can be tried.</summary>
    public Refusal? Refusal() => PublicKey is not { Length: PublicKeyLength } || PublicKey[0] != 4 || Auth.Length != AuthLength ? new("This browser gave keys that cannot be read. Try once more, or use another browser.") : null;
}
