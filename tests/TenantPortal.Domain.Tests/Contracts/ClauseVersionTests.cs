using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;
using Xunit;

namespace TenantPortal.Domain.Tests.Contracts;

public sealed class ClauseVersionTests
{
    private static readonly Guid Olive = Guid.NewGuid(), Sam = Guid.NewGuid();
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly ClauseRule Tills = new() { Title = "Till outage", System = "Tills", When = ["down", "slow"], Priority = Priority.P1, FirstReplyMinutes = 60, ResolutionMinutes = 240, Quote = "Within the hour." };

    [Fact]
    public void A_green_version_is_approved_by_somebody_else()
    {
        var version = Version();
        Assert.Null(Approve(version, Sam));
        Assert.Equal((ClauseState.InForce, "Sam", Noon), (version.State, version.ApproverName, version.ApprovedAt));
        Assert.Equal("This version is no draft any more. Reload the page.", Approve(version, Sam));
    }

    [Fact]
    public void Its_author_does_not_approve_it() => Assert.Equal("You wrote this version. Somebody else has to approve it.", Approve(Version(), Olive));

    [Fact]
    public void A_version_written_on_an_older_one_is_refused() => Assert.Equal("Another version took effect after this one was written. Write it anew on top of that.", Approve(Version(), Sam, inForce: 3));

    [Fact]
    public void Two_clauses_contradict_only_where_they_can_meet()
    {
        var (here, there) = (new SiteId(Guid.NewGuid()), new SiteId(Guid.NewGuid()));
        var later = Tills with { Title = "At night", FirstReplyMinutes = 120 };

        Assert.True(Tills.Contradicts(later));
        Assert.True((Tills with { Sites = [here] }).Contradicts(later));
        Assert.False((Tills with { Sites = [here] }).Contradicts(later with { Sites = [there] }));
        Assert.False((Tills with { When = ["down"] }).Contradicts(later with { When = ["slow"] }));
        Assert.False(Tills.Contradicts(later with { Breadth = Breadth.Several }));
        Assert.False(Tills.Contradicts(later with { System = "Cards" }));
        Assert.False(Tills.Contradicts(Tills with { Title = "The same in other words" }));
    }

    private static string? Approve(ClauseVersion version, Guid by, int inForce = 2) =>
        version.Approve([.. version.Cases.Select(c => new CaseResult(c, true, ""))], inForce, [], by, "Sam", Noon)?.Sentence;

    private static ClauseVersion Version() => new()
    {
        TenantId = new(Guid.NewGuid()), ClauseId = Guid.NewGuid(), ContractId = Guid.NewGuid(), Number = 3, BasedOn = 2, Rule = Tills, Cases = [new("All tills are down", true), new("A till training video", false)],
        AuthorId = Olive, AuthorName = "Olive", CreatedAt = Noon.AddDays(-1),
    };
}
