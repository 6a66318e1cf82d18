using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TenantPortal.Web.Infrastructure.Themes;

/// <summary>Adds the file's version to every address under /assets that a page writes.</summary>
[HtmlTargetElement("link", Attributes = "[href^='/assets/']", TagStructure = TagStructure.WithoutEndTag)]
[HtmlTargetElement("use", Attributes = "[href^='/assets/']")]
[HtmlTargetElement("script", Attributes = "[src^='/assets/']")]
[HtmlTargetElement("img", Attributes = "[src^='/assets/']", TagStructure = TagStructure.WithoutEndTag)]
public sealed class VersionedAsset(AssetVersions versions) : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var attribute = output.TagName is "script" or "img" ? "src" : "href";
        if (output.Attributes[attribute]?.Value?.ToString() is { } address) output.Attributes.SetAttribute(attribute, versions.Versioned(address));
    }
}
