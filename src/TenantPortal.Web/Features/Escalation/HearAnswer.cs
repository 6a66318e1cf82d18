using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Escalation;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Hooks;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Escalation;

/// <summary>What an outside service says: somebody acknowledged the alarm of this ticket.</summary>
/// <param name="Who">Name or address, as the service knows them.</param>
public sealed record OutsideAnswer(string Reference, string Who, DateTimeOffset At);

/// <summary>Hears from PagerDuty and Opsgenie that a call was acknowledged there. The answer must be the service's own, newer than the calls it ends, and for a ticket that is being called about; a repetition changes nothing.</summary>
public sealed class HearAnswer(OnCallDirectory directory, ClientDirectory clients, StaffDirectory staff, ClientScopes scopes, HookSecrets secrets, AnswerAddress addresses)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>False: it is not this channel's service that speaks.</summary>
    public async Task<bool> RunAsync(Guid hookId, string token, string? signatures, byte[] body, CancellationToken cancel)
    {
        if (directory.Hooks.FirstOrDefault(h => h.Id == hookId) is not { } hook || !addresses.IsOf(hook, token) || !IsSigned(hook, signatures, body)) return false;
        if (Read(hook.Kind, body) is { } answer && TicketReference.Parse(answer.Reference, clients) is var (client, number)) await scopes.RunAsync(client.Id, services => AnswerAsync(services, client.Id, number, answer, cancel));
        return true;
    }

    private async Task AnswerAsync(IServiceProvider services, Domain.Tenancy.TenantId client, int number, OutsideAnswer answer, CancellationToken cancel)
    {
        var db = services.GetRequiredService<PortalDb>();
        var open = await db.LeadCalls.AsNoTracking().Where(c => c.TenantId == client && c.AgainAt != null && db.Tickets.Any(t => t.TenantId == client && t.Id == c.TicketId && t.Number == number)).OrderByDescending(c => c.CalledAt).ToListAsync(cancel);
        foreach (var call in open)
        {
            // what was said before anybody was called about this is an old answer, played again
            var began = await db.LeadCalls.Where(c => c.TenantId == client && c.StepId == call.StepId).MinAsync(c => c.CalledAt, cancel);
            if (answer.At < began - Skew) continue;
            await services.GetRequiredService<AcknowledgeCall>().FromOutsideAsync(client, call.Id, staff.All.FirstOrDefault(s => s.IsActive && (s.Email.Equals(answer.Who, StringComparison.OrdinalIgnoreCase) || s.Name.Equals(answer.Who, StringComparison.OrdinalIgnoreCase))), cancel);
        }
    }

    // https://developer.pagerduty.com/docs/verifying-webhook-signatures; Opsgenie signs nothing, there the address is the secret
    private bool IsSigned(Hook hook, string? signatures, byte[] body)
    {
        if (hook.Kind == HookKind.Opsgenie) return true;
        if (hook.Kind != HookKind.PagerDuty || hook.SealedAnswerSecret is null || !secrets.TryOpen(hook.SealedAnswerSecret, out var secret)) return false;
        var expected = Encoding.ASCII.GetBytes($"v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))}");
        return (signatures ?? "").Split(',').Any(one => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one.Trim()), expected));
    }

    /// <summary>Null: it says something else, or cannot be read.</summary>
    internal static OutsideAnswer? Read(HookKind kind, byte[] body)
    {
        try
        {
            using var said = JsonDocument.Parse(body);
            return kind == HookKind.PagerDuty ? OfPagerDuty(said.RootElement.GetProperty("event")) : OfOpsgenie(said.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException) { return null; }
    }

    // https://developer.pagerduty.com/docs/webhooks-overview: an incident carries the key of the alert that opened it
    private static OutsideAnswer? OfPagerDuty(JsonElement told) => told.GetProperty("event_type").GetString() != "incident.acknowledged" ? null
        : new(told.GetProperty("data").GetProperty("incident_key").GetString() ?? "", told.TryGetProperty("agent", out var agent) && agent.ValueKind == JsonValueKind.Object && agent.TryGetProperty("summary", out var name) ? name.GetString() ?? "" : "", told.GetProperty("occurred_at").GetDateTimeOffset());

    // https://support.atlassian.com/opsgenie/docs/opsgenie-edge-connector-alert-action-data/: milliseconds, in older accounts nanoseconds
    private static OutsideAnswer? OfOpsgenie(JsonElement told)
    {
        if (told.GetProperty("action").GetString() != "Acknowledge") return null;
        var alert = told.GetProperty("alert");
        var at = alert.GetProperty("updatedAt").GetInt64();
        return new(alert.GetProperty("alias").GetString() ?? "", alert.TryGetProperty("username", out var name) ? name.GetString() ?? "" : "", DateTimeOffset.FromUnixTimeMilliseconds(at > 100_000_000_000_000 ? at / 1_000_000 : at));
    }
}

/// <summary>Where an outside service answers: an address of each channel's own that nobody can guess.</summary>
public sealed class AnswerAddress(MasterKey key, Infrastructure.PortalSettings settings)
{
    private const string Purpose = "hook-answer";

    public string Of(Hook hook) => string.Create(CultureInfo.InvariantCulture, $"{settings.Url}/hooks/answers/{hook.Id:n}/{Token(hook)}");

    public bool IsOf(Hook hook, string token) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(Token(hook)));

    private string Token(Hook hook) => Convert.ToHexStringLower(key.Sign(hook.Id.ToByteArray(), Purpose));
}
