using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.SelfService;
using Xunit;
using static TenantPortal.Domain.Tests.SelfService.Guides;

namespace TenantPortal.Domain.Tests.SelfService;

public sealed class GuidePathTests
{
    [Fact]
    public void A_contact_never_gets_steps_for_engineers()
    {
        Assert.Equal(["a", "c"], Ids(Surroundings.Unknown, Step("a"), Step("b", actor: StepActor.Agent), Step("c"), Step("d", tier: 2)));
    }

    [Theory]
    [InlineData("windows", null, null, "win any-app laptop outlook gmail")]
    [InlineData("macos", null, null, "mac any-app laptop outlook gmail")]
    [InlineData(null, null, null, "win mac any-app laptop outlook gmail")]
    [InlineData("windows", "till", null, "win any-app outlook gmail")]
    [InlineData("windows", "laptop", "Microsoft Outlook", "win any-app laptop outlook")]
    [InlineData("windows", "laptop", "Sage", "win any-app laptop outlook gmail")]
    public void Steps_for_other_machines_are_left_out_and_what_is_unknown_leaves_nothing_out(string? os, string? device, string? app, string expected)
    {
        var ids = Ids(new(os, device, app), Step("win", os: ["windows"]), Step("mac", os: ["macos"]), Step("any-app"), Step("laptop", device: ["laptop", "desktop"]), Step("outlook", app: ["outlook"]), Step("gmail", app: ["gmail"]));
        Assert.Equal(expected, string.Join(' ', ids));
    }

    [Theory]
    [InlineData("c", "c")]
    [InlineData("agent", "escalate")]
    [InlineData("mac", "c")]
    [InlineData("a", "next")]
    [InlineData("unknown", "next")]
    [InlineData("last-mac", "stop")]
    public void A_failure_leads_forward_or_to_a_person(string onFail, string expected)
    {
        var path = GuidePath.ForContact(Guid.Empty, "v1", "t",
            [Step("a", onFail), Step("b"), Step("agent", actor: StepActor.Agent), Step("mac", os: ["macos"]), Step("c"), Step("last-mac", os: ["macos"])], new("windows", null, null));
        Assert.Equal(expected, path.Steps[0].OnFail);
    }

    private static IEnumerable<string> Ids(Surroundings around, params PublishedStep[] steps) => GuidePath.ForContact(Guid.Empty, "v1", "t", steps, around).Steps.Select(step => step.Id);
}
