using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Binders;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Infrastructure;

/// <summary>Text from a browser without the characters that nobody types and the database refuses (NUL, other controls, half characters); line ends and tabs stay.</summary>
internal sealed class CleanStrings(IModelBinder inner) : IModelBinder
{
    public async Task BindModelAsync(ModelBindingContext bindingContext)
    {
        await inner.BindModelAsync(bindingContext);
        if (bindingContext.Result is { IsModelSet: true, Model: string text }) bindingContext.Result = ModelBindingResult.Success(CleanText.Of(text));
    }

    internal sealed class Provider : IModelBinderProvider
    {
        public IModelBinder? GetBinder(ModelBinderProviderContext context)
        {
            if (context.Metadata.ModelType != typeof(string) || context.BindingInfo.BindingSource is { } source && !source.CanAcceptDataFrom(BindingSource.ModelBinding)) return null;
            return new CleanStrings(new SimpleTypeModelBinder(typeof(string), context.Services.GetRequiredService<ILoggerFactory>()));
        }
    }
}
