using TenantPortal.Domain.SelfService;

namespace TenantPortal.Web.Features.SelfService;

/// <summary>How the outcome of an attempt is shown: the tone and the icon beside its word.</summary>
internal sealed record OutcomeLook(string Key, string Tone, string Icon)
{
    public static OutcomeLook Of(Attempt attempt) => attempt.Outcome switch
    {
        AttemptOutcome.Running => new("Outcome.Running", "info", "clock"),
        AttemptOutcome.Confirmed => new("Outcome.Confirmed", "ok", "check"),
        AttemptOutcome.Assumed => new("Outcome.Assumed", "ok", "check"),
        AttemptOutcome.Partly => new("Outcome.Partly", "warn", "warn"),
        AttemptOutcome.Reopened => new("Outcome.Reopened", "warn", "warn"),
        AttemptOutcome.Failed => new("Outcome.Failed", "muted", "x"),
        AttemptOutcome.Abandoned => new(attempt.OpenedAt is null ? "Outcome.NotOpened" : "Outcome.Abandoned", "muted", "x"),
    };
}
