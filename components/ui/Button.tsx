"use client";

import type { ButtonHTMLAttributes, MouseEvent, ReactNode } from "react";
import { type ButtonKind, type ButtonSize, buttonClass } from "./button-class";
import { Tooltip } from "./Tooltip";

export type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "disabled"> & {
  /** One `primary` per view. `danger` stays outlined and its act is confirmed. */
  kind?: ButtonKind;
  size?: ButtonSize;
  /** Why it cannot be used now. The button stays focusable, dashed, and says so in a tooltip. */
  disabledReason?: string | null | undefined;
  /** The act is under way: further presses do nothing. */
  busy?: boolean;
  icon?: ReactNode;
};

export function Button({
  kind = "plain",
  size = "normal",
  disabledReason,
  busy = false,
  icon,
  className,
  onClick,
  type = "button",
  children,
  ...rest
}: ButtonProps) {
  const isOff = disabledReason !== null && disabledReason !== undefined;
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (isOff || busy) {
      event.preventDefault();
      return;
    }
    onClick?.(event);
  };
  const button = (
    <button
      {...rest}
      aria-busy={busy || undefined}
      aria-disabled={isOff || busy || undefined}
      className={`${buttonClass(kind, size, isOff)} ${className ?? ""}`}
      onClick={press}
      type={type}
    >
      {icon}
      {children}
    </button>
  );
  return isOff ? <Tooltip text={disabledReason}>{button}</Tooltip> : button;
}
