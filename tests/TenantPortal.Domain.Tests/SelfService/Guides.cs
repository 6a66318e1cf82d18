using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Domain.Tests.SelfService;

/// <summary>Guides and attempts as the tests need them.</summary>
internal static class Guides
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Printer = Guid.Parse("3f0c8b52-6d0e-4b86-9a39-7b8d1c1f2a10");

    public static PublishedStep Step(string id, string onFail = "next", StepActor actor = StepActor.EndUser, int tier = 0, string[]? os = null, string[]? app = null, string[]? device = null) =>
        new(id, $"Do {id}", $"<p>{id}</p>", "<p>It is done</p>", null, id, actor, new AppliesTo(os ?? [], app ?? [], device ?? []), tier, onFail);

    public static GuidePath Path(params PublishedStep[] steps) => GuidePath.ForContact(Printer, "v1", "Printer is offline", steps, Surroundings.Unknown);

    public static Attempt Offered(GuidePath path) => AttemptEngine.Offer(TenantId.New(), TicketId.New(), path, 1, Noon);
}
