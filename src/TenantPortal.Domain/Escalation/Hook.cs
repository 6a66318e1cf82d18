namespace TenantPortal.Domain.Escalation;

/// <summary>The shape of what is sent: PagerDuty's Events v2, Opsgenie's alerts and an SMS gateway call people; Slack, Teams and a signed webhook get cards.</summary>
public enum HookKind { PagerDuty, Opsgenie, Sms, Slack, Teams, Webhook }

/// <summary>An outside address that calls people or shows cards.</summary>
public sealed class Hook
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required HookKind Kind { get; init; }
    public required string Name { get; init; }
    public required string Address { get; init; }
    /// <summary>Routing key, API key or signing secret, sealed; null where the kind needs none.</summary>
    public string? SealedSecret { get; init; }
    /// <summary>What the service signs its own answers with, sealed; null where it signs none, or nobody listens.</summary>
    public string? SealedAnswerSecret { get; init; }
    public required string ByName { get; init; }
    public required DateTimeOffset MadeAt { get; init; }

    public bool Calls => IsCalling(Kind);

    public static bool IsCalling(HookKind kind) => kind is HookKind.PagerDuty or HookKind.Opsgenie or HookKind.Sms;

    /// <summary>Whether the service tells when somebody has acknowledged there.</summary>
    public static bool Answers(HookKind kind) => kind is HookKind.PagerDuty or HookKind.Opsgenie;

    public static bool NeedsSecret(HookKind kind) => kind is not (HookKind.Slack or HookKind.Teams);
}
